const english = (path) => path.startsWith('/en/');
const capacity = (path) => path.endsWith('capacity') || path.endsWith('capacitate');
const links = {
  ro: [
    ['/', 'Cinci întrebări'],
    ['/capacitate', 'Ore și termene'],
  ],
  en: [
    ['/en/', 'Five questions'],
    ['/en/capacity', 'Hours and duties'],
  ],
};
// relative, so that the pages work in any folder of a web server
const fromThere = (path, to) => (english(path) ? '..' : '.') + to;

const style = `
  .freshness, .choice { font-size: 1rem; }
  .choice select { font: inherit; min-height: 44px; }
  nav a { display: inline-block; min-height: 44px; line-height: 44px; }
  section { margin-bottom: 2rem; }
  section [class*='-swatches'] { font-size: 13px; }
  details summary { padding: 10px 0; cursor: pointer; }
  .scrolled { overflow-x: auto; }
  .scrolled table { max-width: none; }
  td.number { text-align: right; font-variant-numeric: tabular-nums; }
`;

export default {
  title: 'Tichetul albastru',
  root: 'src',
  theme: ['air', 'near-midnight'],
  // nothing comes from another server
  globalStylesheets: [],
  preserveExtension: true,
  preserveIndex: true,
  pages: [],
  sidebar: false,
  toc: false,
  pager: false,
  search: false,
  footer: '',
  // a page can be enlarged, and says in which language it is
  head: ({ path }) => `<script>
    document.documentElement.lang = '${english(path) ? 'en' : 'ro'}';
    document.querySelector('meta[name=viewport]').content = 'width=device-width, initial-scale=1';
  </script><style>${style}</style>`,
  header: ({ path }) => {
    const here = english(path) ? 'en' : 'ro';
    const other = here === 'ro' ? links.en[capacity(path) ? 1 : 0] : links.ro[capacity(path) ? 1 : 0];
    const page = (to) => fromThere(path, to.endsWith('/') ? `${to}index.html` : `${to}.html`);
    const pages = links[here].map(([to, name]) => `<a href="${page(to)}">${name}</a>`);
    const switchTo = here === 'ro' ? 'English' : 'Română';
    return `<nav aria-label="${here === 'ro' ? 'Pagini' : 'Pages'}">${pages.join(' · ')} · <a href="${page(other[0])}" lang="${here === 'ro' ? 'en' : 'ro'}">${switchTo}</a></nav>`;
  },
};
