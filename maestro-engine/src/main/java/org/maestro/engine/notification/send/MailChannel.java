package org.maestro.engine.notification.send;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** E-mails, one for each address, as plain text; the Message-ID is that of the message. */
final class MailChannel implements Channel {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);

  private static final int DEEPEST_CAUSE = 10;

  private final JavaMailSenderImpl server;
  private final String from;

  MailChannel(NotifySettings.Smtp settings, Duration timeout) {
    from = Objects.requireNonNull(settings.from());
    server = new JavaMailSenderImpl();
    server.setHost(settings.host());
    server.setPort(settings.port());
    server.setUsername(settings.username());
    server.setPassword(settings.password());
    server.setDefaultEncoding(StandardCharsets.UTF_8.name());
    server.setJavaMailProperties(properties(settings, timeout));
  }

  private static Properties properties(NotifySettings.Smtp settings, Duration timeout) {
    var answer = timeout.compareTo(LONGEST_ANSWER) < 0 ? timeout : LONGEST_ANSWER;
    var millis = Long.toString(answer.toMillis());
    var properties = new Properties();
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.auth", Boolean.toString(settings.username() != null));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    switch (settings.tls()) {
      case NONE -> {}
      case STARTTLS -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case IMPLICIT -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    return properties;
  }

  @Override
  public Delivery send(Message message) {
    try {
      server.send(mail(message));
      return new Delivery.Taken();
    } catch (MailException e) {
      return notTaken(e);
    } catch (MessagingException e) {
      return Delivery.NotTaken.forNow("expected to be able to write the e-mail, found " + words(e));
    }
  }

  @SuppressWarnings("JavaUtilDate") // what mails are made of asks for one
  private MimeMessage mail(Message message) throws MessagingException {
    var mail = server.createMimeMessage();
    mail.setHeader("Message-ID", "<" + message.id() + from.substring(from.indexOf('@')) + ">");
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setFrom(new InternetAddress(from));
    mail.setRecipient(RecipientType.TO, new InternetAddress(message.receiver().name()));
    mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
    mail.setSentDate(new Date(message.at()));
    mail.setText(
        message.link() == null ? message.text() : message.text() + "\n\n" + message.link() + "\n",
        StandardCharsets.UTF_8.name());
    return mail;
  }

  private static Delivery notTaken(MailException thrown) {
    Throwable cause = thrown;
    if (thrown instanceof MailSendException failed && failed.getMessageExceptions().length > 0) {
      cause = failed.getMessageExceptions()[0];
    } else if (thrown.getCause() != null) {
      cause = thrown.getCause();
    }
    var forGood =
        cause instanceof SendFailedException refused
            && refused.getInvalidAddresses() != null
            && refused.getInvalidAddresses().length > 0;
    return new Delivery.NotTaken(
        "expected the mail server to take it, found " + words(cause), forGood, null);
  }

  private static String words(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "nothing";
    }
    var root = thrown.getCause();
    if (root == null) {
      return line(thrown);
    }
    for (var deeper = 0; root.getCause() != null && deeper < DEEPEST_CAUSE; deeper++) {
      root = root.getCause();
    }
    return line(thrown) + ", because of " + line(root);
  }

  private static String line(Throwable thrown) {
    var message = thrown.getMessage();
    return thrown.getClass().getSimpleName()
        + (message == null ? "" : ": " + message.strip().replaceAll("\\s+", " "));
  }
}
