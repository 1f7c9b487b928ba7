package dev.corsage.cli.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the archive of a function: the same files give the same bytes, and executable files stay
 * executable. {@link ZipOutputStream} writes no permissions, so they are put in afterwards.
 *
 * <p>The format is that of <a
 * href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT</a>.
 */
final class DeploymentArchive {
  /** Midnight of 1 January 1980, the first time that the format knows, in seconds since 1970. */
  static final int EPOCH_SECONDS = 315_532_800;

  /** The same in the local time of whoever reads it. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** An extended timestamp: the time in UTC, whatever the time zone. */
  private static final byte[] TIMESTAMP =
      littleEndian(ByteBuffer.allocate(9))
          .putShort((short) 0x5455)
          .putShort((short) 5)
          .put((byte) 1)
          .putInt(EPOCH_SECONDS)
          .array();

  // The parts of the archive that are read or written here, from its end or the beginning of a
  // header in the directory.
  private static final int DIRECTORY_FROM_END = -6;
  private static final int MADE_BY = 5;
  private static final int NAME_LENGTH = 28;
  private static final int EXTRA_LENGTH = 30;
  private static final int MODE = 40;
  private static final int NAME = 46;

  private static final byte UNIX = 3;
  private static final int REGULAR_FILE = 0100000;

  private DeploymentArchive() {}

  /** Writes an archive of all files below a folder, in the order of their names. */
  static void write(Path folder, Path archive) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Path file : files) {
        ZipEntry entry = new ZipEntry(folder.relativize(file).toString());
        entry.setTimeLocal(EPOCH);
        entry.setExtra(TIMESTAMP);
        zip.putNextEntry(entry);
        Files.copy(file, zip);
      }
    }
    Files.write(archive, withModes(bytes.toByteArray(), files));
  }

  private static byte[] withModes(byte[] zip, List<Path> files) {
    ByteBuffer bytes = littleEndian(ByteBuffer.wrap(zip));
    int header = bytes.getInt(zip.length + DIRECTORY_FROM_END);
    for (Path file : files) {
      int mode = REGULAR_FILE | (Files.isExecutable(file) ? 0755 : 0644);
      bytes.put(header + MADE_BY, UNIX).putShort(header + MODE, (short) mode);
      header += NAME + bytes.getShort(header + NAME_LENGTH) + bytes.getShort(header + EXTRA_LENGTH);
    }
    return zip;
  }

  private static ByteBuffer littleEndian(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }
}
