/** What is to be told about runs, and what has been: the rows, and who hears of new ones. */
@NullMarked
package org.maestro.engine.notification.store;

import org.jspecify.annotations.NullMarked;
