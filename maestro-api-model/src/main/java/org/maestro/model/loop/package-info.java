/** The iterations of foreach steps as REST shows them. */
@NullMarked
package org.maestro.model.loop;

import org.jspecify.annotations.NullMarked;
