/** The reference: made from the code, kept as JSON and as pages, and checked to be the same. */
@NullMarked
package org.maestro.dev.reference;

import org.jspecify.annotations.NullMarked;
