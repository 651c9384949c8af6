/** How a command ends when it can't do what was asked: exit codes and messages. */
@NullMarked
package org.maestro.cli.failure;

import org.jspecify.annotations.NullMarked;
