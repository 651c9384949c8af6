/** Looks at what people are told about runs, and has it sent again. */
@NullMarked
package org.maestro.engine.notification;

import org.jspecify.annotations.NullMarked;
