/**
 * The expression language SEL: text in, plain value out.
 *
 * <p>Owns the whole path from source text to result: {@link org.maestro.sel.Expression} compiles
 * (lexer, parser, syntax tree) and evaluates (a tree interpreter that pays for every step from a
 * budget). It works on a closed set of values and a fixed table of methods, so an expression can
 * reach nothing else: no class, no file, no thread, no other object of the process. Depends on the
 * JDK and RE2/J only, and calls back into its embedder only through {@link org.maestro.sel.Scope}.
 */
@NullMarked
package org.maestro.sel;

import org.jspecify.annotations.NullMarked;
