/** Parts of long lists. */
@NullMarked
package org.maestro.model.page;

import org.jspecify.annotations.NullMarked;
