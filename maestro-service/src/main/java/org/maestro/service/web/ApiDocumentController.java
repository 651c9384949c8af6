package org.maestro.service.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The document of the API of all services, as OpenAPI 3.1. */
@RestController
public final class ApiDocumentController {
  private final byte[] document;
  private final String tag;

  /** With the document that lies beside this class. */
  public ApiDocumentController() {
    try (var in = ApiDocumentController.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing beside " + getClass().getName());
      }
      document = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var sum = new CRC32C();
    sum.update(document);
    tag = "\"%08x-%x\"".formatted(sum.getValue(), document.length);
  }

  /**
   * This document: all routes of all services, whichever is asked. It has an ETag: with {@code
   * If-None-Match}, 304 says that it is the one that is known.
   */
  @GetMapping(path = "/api/v3/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> document() {
    return ResponseEntity.ok().eTag(tag).cacheControl(CacheControl.noCache()).body(document);
  }
}
