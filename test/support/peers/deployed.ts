import { read } from '../../docs/markdown';

/** `NAME=value`, one a line, as systemd and the shell read it; quotes are taken away. */
export const assignments = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value.replace(/^"(.*)"$/, '$1')]));

/** What a process has in its environment that is started by deploy/systemd/tichet@.service: the unit's own, then /etc/tichet/environment. */
export const environmentOfUnit = (instance: string): Readonly<Record<string, string>> => {
  const own = [...read('deploy/systemd/tichet@.service').matchAll(/^Environment=(.*)$/gm)].map(([, one = '']) => one);
  return { ...assignments(own.join('\n').replaceAll('%i', instance)), ...assignments(read('deploy/environment')) };
};
