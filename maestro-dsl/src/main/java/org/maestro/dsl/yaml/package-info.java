/**
 * Definitions as text: YAML and JSON to the model and back, with every problem at its place in the
 * text. Owns the grammar of the YAML form and the layout of what is shown to authors; every rule
 * about definitions themselves stays with {@link org.maestro.dsl.DefinitionReader}.
 */
@NullMarked
package org.maestro.dsl.yaml;

import org.jspecify.annotations.NullMarked;
