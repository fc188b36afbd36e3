import typescript from './typescript-in-threads.cjs';

/** Once, before the tests. */
export default async () => {
  // what the tests start keeps nothing in the home of the person who runs them
  process.env.NODE_DISABLE_COMPILE_CACHE ??= '1';
  await typescript.compileAll(['src', 'packages', 'test']);
};
