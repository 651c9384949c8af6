/** What step attempts print. */
@NullMarked
package org.maestro.model.log;

import org.jspecify.annotations.NullMarked;
