package org.maestro.client.workflow;

/** A job of a job template. */
public final class TemplateBuilder extends JobBuilder<TemplateBuilder> {

  TemplateBuilder(String id, String subType) {
    super(id);
    with("sub_type", subType);
  }

  @Override
  TemplateBuilder self() {
    return this;
  }

  @Override
  String wrapper() {
    return "template";
  }

  /** The version of the job template. */
  public TemplateBuilder version(String version) {
    return with("sub_type_version", version);
  }
}
