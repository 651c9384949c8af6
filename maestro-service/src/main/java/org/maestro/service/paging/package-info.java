/** Pages of lists: what clients ask for and what they get. */
@NullMarked
package org.maestro.service.paging;

import org.jspecify.annotations.NullMarked;
