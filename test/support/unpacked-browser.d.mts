export declare const unpackBrowser: () => Promise<void>;
