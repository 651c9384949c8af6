package org.maestro.service.problem;

/** The classes of errors of the REST API, by what the client can do about them. */
public enum ProblemKind {
  BAD_REQUEST(400, "The request is not valid"),
  UNAUTHORIZED(401, "Nobody is signed in"),
  FORBIDDEN(403, "This is not allowed to the caller"),
  NOT_FOUND(404, "There is no such thing"),
  METHOD_NOT_ALLOWED(405, "The method is not supported here"),
  NOT_ACCEPTABLE(406, "The wanted representation is not available"),
  REQUEST_TIMEOUT(408, "It took too long"),
  CONFLICT(409, "The request does not fit the current state"),
  GONE(410, "It existed, but does no longer"),
  PAYLOAD_TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
  EXPECTATION_FAILED(417, "What the request expects of the server is not known"),
  UNPROCESSABLE_ENTITY(422, "The request is understood, but cannot be followed"),
  TOO_MANY_REQUESTS(429, "The caller asks for too much at a time"),
  INTERNAL_ERROR(500, "The server failed"),
  NOT_IMPLEMENTED(501, "The server knows no such method or transfer coding"),
  SERVICE_UNAVAILABLE(503, "The server cannot answer now"),
  VERSION_NOT_SUPPORTED(505, "The server speaks another version of HTTP");

  private final int httpStatus;
  private final String title;

  ProblemKind(int httpStatus, String title) {
    this.httpStatus = httpStatus;
    this.title = title;
  }

  public int httpStatus() {
    return httpStatus;
  }

  /** A short summary that never changes from one occurrence to the next. */
  public String title() {
    return title;
  }
}
