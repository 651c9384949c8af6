/** Transactions: the only way to the database that may be retried. */
@NullMarked
package org.maestro.service.database;

import org.jspecify.annotations.NullMarked;
