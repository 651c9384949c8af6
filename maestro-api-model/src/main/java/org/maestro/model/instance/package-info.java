/** Runs and step attempts as REST shows them. */
@NullMarked
package org.maestro.model.instance;

import org.jspecify.annotations.NullMarked;
