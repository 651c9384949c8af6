/** Limits of tags as REST is asked for them. */
@NullMarked
package org.maestro.model.permit;

import org.jspecify.annotations.NullMarked;
