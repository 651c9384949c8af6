/**
 * Who is to be told of what: the alerting property of a workflow, the channels that the operator
 * has named, and what a run has to tell of the two. Pure: nothing is sent or kept here.
 */
@NullMarked
package org.maestro.engine.alert;

import org.jspecify.annotations.NullMarked;
