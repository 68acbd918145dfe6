/// Who may do what: roles, and rules that operators write over attributes of the request.
@NullMarked
package dev.tenet.application.access;

import org.jspecify.annotations.NullMarked;
