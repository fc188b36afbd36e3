import { userInfo } from 'node:os';

/** Who runs this at the system: behind `sudo`, whoever called that. */
export const systemUser = (environment: Readonly<Record<string, string | undefined>>): string => {
  const behind = environment['SUDO_USER']?.trim() ?? '';
  if (behind !== '') return behind;
  try {
    return userInfo().username;
  } catch {
    // in a container an id may have no name
    return `uid-${process.getuid?.() ?? 0}`;
  }
};
