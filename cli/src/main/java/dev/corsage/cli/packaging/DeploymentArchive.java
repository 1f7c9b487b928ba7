package dev.corsage.cli.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes the archive of a function: the same files give the same bytes, and executable files stay
 * executable. {@link java.util.zip.ZipOutputStream} writes no permissions, and its times depend on
 * the time zone.
 *
 * <p>The format is that of <a
 * href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT</a>.
 */
final class DeploymentArchive {
  /** Midnight of 1 January 1980, the first time that the format knows. */
  private static final int DOS_DATE = 1 << 5 | 1;

  /** The same in seconds since 1970, for an extended timestamp: UTC, whatever the time zone. */
  static final int EPOCH_SECONDS = 315_532_800;

  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int CENTRAL_HEADER = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int VERSION = 20;
  private static final int MADE_BY_UNIX = 3 << 8 | VERSION;
  private static final int NAMES_ARE_UTF8 = 1 << 11;
  private static final int DEFLATED = 8;
  private static final int REGULAR_FILE = 0100000;

  private final OutputStream out;
  private final Fields directory = new Fields();
  private int offset;
  private int count;

  private DeploymentArchive(OutputStream out) {
    this.out = out;
  }

  /** Writes an archive of all files below a folder, in the order of their names. */
  static void write(Path folder, Path archive) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream out = Files.newOutputStream(archive)) {
      DeploymentArchive zip = new DeploymentArchive(out);
      for (Path file : files) {
        String name = folder.relativize(file).toString();
        zip.add(name, Files.readAllBytes(file), Files.isExecutable(file));
      }
      zip.end();
    }
  }

  private void add(String name, byte[] content, boolean executable) throws IOException {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] deflated = deflate(content);
    Fields timestamp = new Fields().two(0x5455).two(5).one(1).four(EPOCH_SECONDS);
    // What its own header and the directory have in common.
    Fields file = new Fields().two(VERSION).two(NAMES_ARE_UTF8).two(DEFLATED).two(0).two(DOS_DATE);
    file.four(crc(content)).four(deflated.length).four(content.length);
    file.two(nameBytes.length).two(timestamp.size());

    int start = offset;
    write(new Fields().four(LOCAL_HEADER).all(file));
    write(new Fields().bytes(nameBytes).all(timestamp).bytes(deflated));

    int mode = REGULAR_FILE | (executable ? 0755 : 0644);
    directory.four(CENTRAL_HEADER).two(MADE_BY_UNIX).all(file);
    // No comment, the first disk, no internal attributes.
    directory.two(0).two(0).two(0).four(mode << 16).four(start);
    directory.bytes(nameBytes).all(timestamp);
    count++;
  }

  private void end() throws IOException {
    int start = offset;
    write(directory);
    write(
        new Fields()
            .four(END)
            .four(0)
            .two(count)
            .two(count)
            .four(directory.size())
            .four(start)
            .two(0));
  }

  private void write(Fields fields) throws IOException {
    fields.bytes.writeTo(out);
    offset = Math.addExact(offset, fields.size());
  }

  /** Numbers with their lowest byte first. */
  private static final class Fields {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Fields one(int number) {
      bytes.write(number);
      return this;
    }

    Fields two(int number) {
      return one(number).one(number >> 8);
    }

    Fields four(int number) {
      return two(number).two(number >> 16);
    }

    Fields bytes(byte[] more) {
      bytes.writeBytes(more);
      return this;
    }

    Fields all(Fields more) {
      return bytes(more.bytes.toByteArray());
    }

    int size() {
      return bytes.size();
    }
  }

  private static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream deflated = new ByteArrayOutputStream(content.length / 2 + 64);
      byte[] buffer = new byte[64 * 1024];
      while (!deflater.finished()) {
        deflated.write(buffer, 0, deflater.deflate(buffer));
      }
      return deflated.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static int crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }
}
