package org.maestro.service.security;

/** What everybody may read, without saying who they are: there is nothing of anybody in it. */
@FunctionalInterface
public interface OpenPaths {
  boolean contains(String path);
}
