/** The commands, one class each. Each parses, calls and prints; rules live elsewhere. */
@NullMarked
package org.maestro.cli.command;

import org.jspecify.annotations.NullMarked;
