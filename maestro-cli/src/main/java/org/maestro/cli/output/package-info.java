/**
 * What a command prints: formats, tables, colours, times. Knows nothing of servers and workflows.
 */
@NullMarked
package org.maestro.cli.output;

import org.jspecify.annotations.NullMarked;
