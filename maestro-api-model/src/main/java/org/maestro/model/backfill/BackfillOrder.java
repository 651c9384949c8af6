package org.maestro.model.backfill;

/** Which value of a back-fill is run first. */
public enum BackfillOrder {
  OLDEST_FIRST,
  NEWEST_FIRST
}
