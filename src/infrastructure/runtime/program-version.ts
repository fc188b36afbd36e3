/** That of package.json, which a bundle does not have beside it. */
export const programVersion = '0.2.0';
