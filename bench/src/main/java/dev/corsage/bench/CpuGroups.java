package dev.corsage.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The control group that limits the processors of this process, as Linux shows it in {@code /proc}
 * (cgroups(7)).
 *
 * @param folder the group
 * @param version 1 or 2
 */
record CpuGroups(Path folder, int version) {

  /**
   * Finds it.
   *
   * @param mounts the lines of {@code /proc/self/mounts}
   * @param groups the lines of {@code /proc/self/cgroup}
   */
  static Optional<CpuGroups> find(List<String> mounts, List<String> groups) {
    Optional<CpuGroups> first = find(mounts, groups, 1);
    return first.isPresent() ? first : find(mounts, groups, 2);
  }

  private static Optional<CpuGroups> find(List<String> mounts, List<String> groups, int version) {
    for (String group : groups) {
      // Such as 1:cpu,cpuacct:/jobs; in version 2 there is one for all, 0::/jobs.
      String[] parts = group.split(":", 3);
      boolean rules = version == 1 ? has(parts[1], "cpu") : parts[1].isEmpty();
      if (!rules) {
        continue;
      }
      for (String mount : mounts) {
        // Such as: cgroup /sys/fs/cgroup/cpu cgroup rw,relatime,cpu 0 0
        String[] fields = mount.split(" ", -1);
        boolean right =
            version == 1
                ? fields[2].equals("cgroup") && has(fields[3], "cpu")
                : fields[2].equals("cgroup2");
        if (right) {
          Path folder = Path.of(fields[1]).resolve(parts[2].substring(1));
          return Optional.of(new CpuGroups(folder, version));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean has(String list, String name) {
    return List.of(list.split(",", -1)).contains(name);
  }

  /** Returns the text for each file of a group that sets the quota. */
  Map<String, String> settings(CpuQuota quota) {
    return version == 1
        ? Map.of(
            "cpu.cfs_period_us", Integer.toString(CpuQuota.PERIOD_MICROS),
            "cpu.cfs_quota_us", Long.toString(quota.micros()))
        : Map.of("cpu.max", quota.micros() + " " + CpuQuota.PERIOD_MICROS);
  }
}
