/** Markup that would run, leave an attribute or make a link, were it not shown as text. No page of ours has such names of its own. */
export const markup = `"><script>zqx()</script><zqx-mark data-zqx='1' onclick=zqx()></p>`;
/** What a spreadsheet would open. */
export const formula = '=HYPERLINK("http://rau.example","x")';
/** Turns what is after it round, up to the mark that ends it; a file's name is the usual bait. */
export const turned = 'Ana\u202Egpj.exe\u202C';
/** What is more than one unit of UTF-16, joined and marked. */
export const joined = '👩🏽‍💼🎫 ẛ̣ Ștefăniță';

/** Everything at once, within what a name may be. `nth` tells the fields apart. */
export const hostileLine = (nth: number): string => `${formula} zq${nth}z ${markup} ${turned} ${joined} &lt;b&gt;`;

/** What people and programs put into fields, each under a name. */
export const hostileTexts: Readonly<Record<string, string>> = {
  everything: hostileLine(0),
  lines: `unu\r\nBcc: rau@rau.example\r\n\r\n${markup}`,
  long: 'ă'.repeat(10_000),
  'long, with blanks': 'Ștefăniță '.repeat(1000),
  'marks only': '\u202E\u2066\u200F\uFEFF',
  'a template': '{{7*7}}${7*7}<%= 7*7 %>',
  nothing: '   ',
  'null and bell': 'a\u0000b\u0007c',
};
