/** What people are told about runs. */
@NullMarked
package org.maestro.model.notification;

import org.jspecify.annotations.NullMarked;
