/** Signals from other systems: CloudEvents and topics. */
@NullMarked
package org.maestro.signal.source;

import org.jspecify.annotations.NullMarked;
