/** What services say of themselves. */
@NullMarked
package org.maestro.model.info;

import org.jspecify.annotations.NullMarked;
