package dev.tenet.wasm;

import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;

/// A table that takes what it grows by from a budget that all tables of the instance share. It has limits of its own, too: the engine
/// would note its size in those of the module, for all instances.
final class GuestTable extends TableInstance {

  private final Budget budget;

  GuestTable(Table table, int initial, Budget budget) {
    super(
        new Table(
            table.elementType(),
            new TableLimits(table.limits().min(), table.limits().max()),
            table.initialize()),
        initial);
    this.budget = budget;
  }

  @Override
  public int grow(int size, int value, Instance instance) {
    return mayGrow(size) ? super.grow(size, value, instance) : -1;
  }

  @Override
  public int growWithRef(int size, Object value, Instance instance) {
    return mayGrow(size) ? super.growWithRef(size, value, instance) : -1;
  }

  private boolean mayGrow(int size) {
    return size >= 0 && (long) size() + size <= limits().max() && budget.take(size);
  }
}
