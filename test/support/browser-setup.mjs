import { unpackBrowser } from './unpacked-browser.mjs';

// Once, before the tests: two jest workers that unpack the browser at the same time spoil it for each other (ETXTBSY).
export default unpackBrowser;
