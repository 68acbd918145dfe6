/// Decides many conditions at once. What a condition asks of a single slot is looked up instead of evaluated: for each
/// indexed slot there is, by value, the set of conditions that may still hold, as bits; the sets of all slots are
/// intersected. What cannot be indexed is a residual, which is evaluated only for the conditions that are still alive.
///
/// [dev.tenet.cel.index.Terms] takes a condition apart into terms, [dev.tenet.cel.index.OrderedSlotIndex] and
/// [dev.tenet.cel.index.TextSlotIndex] answer for one slot, [dev.tenet.cel.index.ConditionIndex] is the whole of it, and
/// [dev.tenet.cel.index.EditedIndex] an index with the few edits made since it was built.
@NullMarked
package dev.tenet.cel.index;

import org.jspecify.annotations.NullMarked;
