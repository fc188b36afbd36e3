/** Of a page that proposes where meetings go: the field of each meeting, and what is chosen in it. */
export const proposedIn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<select id="(m-[\da-f-]{36})"[\s\S]*?<\/select>/g)].map(([select, name = '']) => [
      name,
      /<option value="([^"]*)" selected/.exec(select)?.[1] ?? '',
    ]),
  );
