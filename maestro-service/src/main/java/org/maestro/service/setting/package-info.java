/** The names of settings, and who says that one of those given is read by nobody. */
@NullMarked
package org.maestro.service.setting;

import org.jspecify.annotations.NullMarked;
