/** For what can only be imported: TypeScript compiled to CommonJS makes a `require` of every import. */
export const load = (file) => import(file);
