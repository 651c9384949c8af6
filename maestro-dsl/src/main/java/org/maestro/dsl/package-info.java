/**
 * Definitions as people write them: read from a plain tree, checked as a whole, and written back.
 *
 * <p>Owns every rule that can be checked by looking at one document. May use the model and SEL;
 * knows nothing of JSON or YAML syntax, of the database, or of other definitions.
 */
@NullMarked
package org.maestro.dsl;

import org.jspecify.annotations.NullMarked;
