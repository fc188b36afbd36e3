// Writes docs/event-model.md from the code: command → facts → tables → pages, with the article. `node tools/event-model.mjs`; with --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

const target = 'docs/event-model.md';
const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
const { fileNames, options } = ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, '.');
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();
const place = (node) => relative('.', node.getSourceFile().fileName).split(sep).join('/');
const sources = program.getSourceFiles().filter((file) => !file.isDeclarationFile && place(file).startsWith('src/'));
const walk = (node, visit) => {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
};

/** Every fact that the log may hold, by its category, from the tables of their shapes. */
const factsOf = new Map();
for (const file of sources.filter((one) => /^src\/domain\/[^/]+\//.test(place(one)))) {
  walk(file, (node) => {
    if (!ts.isVariableDeclaration(node) || !/FactShapes$/.test(node.name.getText()) || !ts.isObjectLiteralExpression(node.initializer))
      return;
    for (const { name } of node.initializer.properties) {
      factsOf.set(name.getText(), [...(factsOf.get(name.getText()) ?? []), place(file).split('/')[2]]);
    }
  });
}

const declared = (name) => {
  let symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  const found = symbol?.valueDeclaration;
  return found && !found.getSourceFile().isDeclarationFile && place(found).startsWith('src/') ? found : undefined;
};
const isTopLevel = (node) =>
  ts.isFunctionDeclaration(node) || (ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent));

/** Every declaration of the pure floors that this one leads to, itself among them. It does not go through what carries a booking on. */
const reached = (start, floors, through = () => true) => {
  const seen = new Set([start]);
  for (const one of seen) {
    walk(one, (node) => {
      if (!ts.isIdentifier(node)) return;
      const found = declared(node);
      if (found && isTopLevel(found) && floors.test(place(found)) && through(found)) seen.add(found);
    });
  }
  return [...seen];
};
const carriesOn = (node) => /^advance(Booking)?$/.test(node.name?.getText() ?? '');

/** The facts that these declarations make: `type: 'Name'` in an object, or the name alone where a fact is looked for. */
const factsMade = (declarations) => {
  const made = new Set();
  for (const one of declarations.filter((node) => place(node).startsWith('src/domain/'))) {
    walk(one, (node) => {
      if (!ts.isStringLiteral(node) || !factsOf.has(node.text)) return;
      const isType = ts.isPropertyAssignment(node.parent) && node.parent.name.getText() === 'type';
      if (isType || ts.isCallExpression(node.parent) || ts.isConditionalExpression(node.parent)) made.add(node.text);
    });
  }
  return [...made];
};
const namesIn = (declarations, known) => {
  const found = new Set();
  for (const one of declarations) walk(one, (node) => ts.isStringLiteral(node) && known.has(node.text) && found.add(node.text));
  return [...found];
};
const articleOf = (...texts) => {
  const [found] = texts.flatMap((text) => [...text.matchAll(/Art\. (\d(?: [a-e])?)/g)].map(([, article]) => article));
  return found ? `Art. ${found}` : '';
};
const commentOf = (node) =>
  ts
    .getJSDocCommentsAndTags(node)
    .map((one) => one.getText())
    .join(' ');
const toldOf = (node) => commentOf(ts.isVariableDeclaration(node) ? node.parent.parent : node);
/** What is said of a message in its own file: of what is asked, of who answers, and of what the answer is made with. */
const toldBeside = (file, node, answer, all) => {
  const shapes = new Set();
  for (const clause of node.heritageClauses ?? []) walk(clause, (one) => ts.isIdentifier(one) && shapes.add(one.text));
  return [
    ...[...(answer ? [answer] : []), ...all].filter((one) => one.getSourceFile() === file).map(toldOf),
    ...file.statements.filter((one) => ts.isTypeAliasDeclaration(one) && shapes.has(one.name.text)).map(commentOf),
  ];
};

const messages = (kind) =>
  sources
    .filter((file) => /^src\/application\/[^/]+\//.test(place(file)))
    .flatMap((file) => file.statements.filter(ts.isClassDeclaration).map((node) => ({ file, node })))
    .filter(({ node }) => node.heritageClauses?.some(({ types }) => types.some((one) => one.expression.getText() === kind)));
/** The function that answers a message: the handler's second argument. */
const answeredBy = new Map();
for (const file of sources.filter((one) => /^src\/infrastructure\/nest\//.test(place(one)))) {
  walk(file, (node) => {
    if (!ts.isCallExpression(node) || !/^(command|query|list)Handler$/.test(node.expression.getText())) return;
    const [message, useCase] = node.arguments;
    const answer =
      useCase && ts.isIdentifier(useCase)
        ? declared(useCase)
        : useCase && ts.isCallExpression(useCase)
          ? declared(useCase.expression)
          : undefined;
    if (message && answer) answeredBy.set(message.getText(), answer);
  });
}
const pure = /^src\/(application|domain)\//;
const commands = messages('Command').map(({ file, node }) => {
  const name = node.name.getText();
  const answer = answeredBy.get(name);
  const all = answer ? reached(answer, pure, (found) => !carriesOn(found)) : [];
  const goesOn = all.some((one) => {
    let calls = false;
    walk(one, (inner) => ts.isIdentifier(inner) && carriesOn(declared(inner) ?? { name: undefined }) && (calls = true));
    return calls;
  });
  const deciding = all.filter((one) => factsMade([one]).length > 0);
  const article = articleOf(commentOf(node), ...toldBeside(file, node, answer, all), ...deciding.map(toldOf));
  return { name, room: place(file).split('/')[2], article, facts: factsMade(all), goesOn };
});
const advancing = sources
  .flatMap((file) => file.statements)
  .flatMap((node) => (ts.isVariableStatement(node) ? [...node.declarationList.declarations] : []))
  .find(carriesOn);
const carriedOn = advancing ? factsMade(reached(advancing, pure)) : [];

const projections = sources
  .filter((file) => /^src\/projections\/[^/]+\//.test(place(file)) && !/\/kernel\//.test(place(file)))
  .flatMap((file) => file.statements.filter(ts.isVariableStatement).flatMap((node) => [...node.declarationList.declarations]))
  .filter((node) => /Projection/.test(node.type?.getText() ?? node.initializer?.getText().slice(0, 40) ?? ''))
  .map((node) => {
    let table;
    walk(
      node,
      (one) =>
        ts.isPropertyAssignment(one) && one.name.getText() === 'name' && (table ??= checker.getTypeAtLocation(one.initializer).value),
    );
    return { table, facts: namesIn(reached(node, /^src\/(projections|domain)\//), new Set(factsOf.keys())) };
  })
  .filter(({ table }) => typeof table === 'string');
const tableNames = new Map();
walk(
  sources.find((file) => place(file) === 'src/application/kernel/ports/tables.ts'),
  (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'tables')
      walk(node, (one) => ts.isPropertyAssignment(one) && tableNames.set(one.name.getText(), one.initializer.text));
  },
);
const queries = messages('Query').map(({ file, node }) => {
  const name = node.name.getText();
  const answer = answeredBy.get(name);
  const read = new Set();
  const all = answer ? reached(answer, pure) : [];
  for (const one of all) {
    walk(
      one,
      (inner) =>
        ts.isPropertyAccessExpression(inner) && inner.expression.getText() === 'tables' && read.add(tableNames.get(inner.name.text)),
    );
  }
  return {
    name,
    room: place(file).split('/')[2],
    article: articleOf(commentOf(node), ...toldBeside(file, node, answer, all)),
    tables: [...read],
  };
});
/** Where a message is sent from: pages by their folder, routes of the contract, and what else there is. */
const sentFrom = new Map();
for (const file of sources.filter((one) => /^src\/infrastructure\/(api|web)\//.test(place(one)))) {
  walk(file, (node) => {
    if (!ts.isIdentifier(node) || ts.isImportSpecifier(node.parent)) return;
    const name = node.text;
    const [, , floor, room = ''] = place(file).split('/');
    const from = floor === 'api' ? 'API' : `pages of ${basename(room, '.ts')}`;
    sentFrom.set(name, (sentFrom.get(name) ?? new Set()).add(from));
  });
}
const from = (name) =>
  [...(sentFrom.get(name) ?? [])].sort((a, b) => Number(b === 'API') - Number(a === 'API') || a.localeCompare(b)).join(', ');
const byName = (a, b) => a.name.localeCompare(b.name);
const rooms = [...new Set([...commands, ...queries].map(({ room }) => room))].sort();

const lines = [
  '# The event model',
  '',
  'Written from the code by `node tools/event-model.mjs`: which command leads to which facts, which table is folded of them, and where it is read. A test fails for what is not drawn.',
  '',
  '<!-- generated -->',
  '',
];
for (const room of rooms) {
  const here = commands.filter((one) => one.room === room).sort(byName);
  if (here.length === 0) continue;
  lines.push(`## ${room}`, '', '```mermaid', 'flowchart LR');
  for (const { name, facts, goesOn } of here) {
    for (const fact of facts) lines.push(`  ${name}[${name}] --> ${fact}_fact([${fact}])`);
    if (goesOn) lines.push(`  ${name}[${name}] -.-> carried[the booking is carried on]`);
    if (facts.length === 0 && !goesOn) lines.push(`  ${name}[${name}]`);
  }
  lines.push('```', '', '| command | article | facts | sent from |', '|---|---|---|---|');
  for (const { name, article, facts, goesOn } of here) {
    lines.push(
      `| \`${name}\` | ${article} | ${[...facts.map((fact) => `\`${fact}\``), ...(goesOn ? ['and carries the booking on'] : [])].join(', ') || '–'} | ${from(name)} |`,
    );
  }
  lines.push('');
}
lines.push(
  '## What carries a booking on',
  '',
  `By whoever comes next (command, process or timer): ${carriedOn.map((fact) => `\`${fact}\``).join(', ')}.`,
  '',
);
lines.push('## Facts and tables', '', '| fact | stream | tables |', '|---|---|---|');
for (const [fact, categories] of factsOf) {
  lines.push(
    `| \`${fact}\` | ${categories.join(', ')} | ${
      projections
        .filter(({ facts }) => facts.includes(fact))
        .map(({ table }) => `\`${table}\``)
        .join(', ') || '–'
    } |`,
  );
}
lines.push('', '## Tables and pages', '', '| query | article | tables | read from |', '|---|---|---|---|');
for (const { name, article, tables } of queries.sort(byName)) {
  lines.push(`| \`${name}\` | ${article} | ${tables.map((one) => `\`${one}\``).join(', ') || 'the log itself'} | ${from(name)} |`);
}
lines.push('', '<!-- /generated -->');
const page = await format(`${lines.join('\n')}\n`, { ...(await resolveConfig(target)), parser: 'markdown' });
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== page) {
    process.stderr.write(`${target} is not what the code says: run node tools/event-model.mjs\n`);
    process.exit(1);
  }
} else {
  writeFileSync(target, page);
  process.stdout.write(
    `${target}: ${commands.length} commands, ${factsOf.size} facts, ${projections.length} tables, ${queries.length} queries\n`,
  );
}
