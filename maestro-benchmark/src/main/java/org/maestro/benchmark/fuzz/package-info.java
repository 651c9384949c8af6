/**
 * Feeds what reads people's text (expressions, YAML and JSON definitions) with damaged examples for
 * as long as wanted. Whatever the text, it has to end soon, with a result or a clean refusal.
 */
@NullMarked
package org.maestro.benchmark.fuzz;

import org.jspecify.annotations.NullMarked;
