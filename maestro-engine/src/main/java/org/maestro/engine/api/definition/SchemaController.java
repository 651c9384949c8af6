package org.maestro.engine.api.definition;

import java.nio.charset.StandardCharsets;
import org.maestro.dsl.schema.WorkflowSchema;
import org.maestro.model.document.ShownAs;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** JSON Schema of definitions, for editors. */
@RestController
@RequestMapping("/api/v3/schema")
final class SchemaController {
  private static final MediaType SCHEMA = new MediaType("application", "schema+json");

  private final byte[] json = WorkflowSchema.json().getBytes(StandardCharsets.UTF_8);
  private final byte[] yaml = WorkflowSchema.yaml().getBytes(StandardCharsets.UTF_8);

  /** The JSON Schema of a definition in JSON. */
  @GetMapping("/workflow.json")
  @ShownAs(contentType = "application/schema+json")
  ResponseEntity<byte[]> json() {
    return answer(json);
  }

  /** The JSON Schema of a definition in YAML. */
  @GetMapping("/workflow-yaml.json")
  @ShownAs(contentType = "application/schema+json")
  ResponseEntity<byte[]> yaml() {
    return answer(yaml);
  }

  private static ResponseEntity<byte[]> answer(byte[] schema) {
    return ResponseEntity.ok().contentType(SCHEMA).body(schema);
  }
}
