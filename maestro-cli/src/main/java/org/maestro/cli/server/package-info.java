/** The REST API as the command line sees it: requests, problems, streams, retries. */
@NullMarked
package org.maestro.cli.server;

import org.jspecify.annotations.NullMarked;
