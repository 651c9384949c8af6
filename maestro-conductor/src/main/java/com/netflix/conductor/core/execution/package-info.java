/**
 * Reaches what Conductor's executor lets only its own package change. Not null-marked as a package:
 * that would also claim it for Conductor's classes.
 */
package com.netflix.conductor.core.execution;
