package org.maestro.sel;

import java.util.List;
import java.util.Set;

/**
 * A parsed expression.
 *
 * @param slots how many names it uses
 * @param freeNames the names it may ask its scope for, in order of appearance
 */
record Program(List<Statement> statements, int slots, Set<String> freeNames) {}
