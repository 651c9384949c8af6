/**
 * JSON Schema of the definitions, for editors: completion, and descriptions to hover over. Made
 * from the model's own enums; what is valid is decided by {@link org.maestro.dsl.DefinitionReader}
 * alone.
 */
@NullMarked
package org.maestro.dsl.schema;

import org.jspecify.annotations.NullMarked;
