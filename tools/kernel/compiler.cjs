/**
 * The kernel's compiler: tslab's, with what it lacks mended from outside.
 *
 * - Emitted code has maps, so that errors can name lines of the cell.
 * - It forgets that { name } may mean a variable of an earlier cell, and finds one in const { name: own } = …. Here both are written out.
 * - It fails when a package that a cell imports changes on disk. Here packages stay as they were at the start.
 */
"use strict";

const { SourceMap } = require("node:module");

const MAP = /\/\/# sourceMappingURL=data:application\/json;[^,]*base64,(\S+)\s*$/;

const readMap = (code) => {
  const match = MAP.exec(code);
  return match ? new SourceMap(JSON.parse(Buffer.from(match[1], "base64").toString())) : undefined;
};

/** Packages that the next compiler does not find: what has their types is any. */
const hidden = { packages: undefined };

/** What the compiler said of the lines of the last cell: text that ends with a map. */
let moduleMap;

/** Names of a cell's file, and of those of the notebook's own modules that it imports, directly or not. */
const dependencies = (program) => (file) => {
  const found = new Set([file]);
  for (const own of found)
    if (!own.isDeclarationFile)
      for (const name of own.imports ?? []) {
        const module = program.getTypeChecker().getSymbolAtLocation(name);
        for (const node of module?.declarations ?? []) found.add(node.getSourceFile());
      }
  return [...found].map(({ fileName }) => fileName);
};

/**
 * Compiler step: { name } becomes { name: exports.name } where name was declared in an earlier cell, and const { name: own } = …
 * has its name in quotes, since tslab takes it for that of an earlier cell's variable.
 */
const expandNames = (checker) => (context) => (file) => {
  const { factory } = context;
  const visit = (node) => {
    if (ts.isBindingElement(node) && node.propertyName && ts.isIdentifier(node.propertyName)) {
      const { dotDotDotToken, propertyName, name, initializer } = ts.visitEachChild(
        node,
        visit,
        context,
      );
      const quoted = factory.createStringLiteral(propertyName.text);
      return factory.updateBindingElement(node, dotDotDotToken, quoted, name, initializer);
    }
    if (!ts.isShorthandPropertyAssignment(node)) return ts.visitEachChild(node, visit, context);
    const declarations = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
    const earlier = declarations.some((d) => d.getSourceFile().fileName.endsWith("__prev__.d.ts"));
    if (!earlier) return node;
    const value = factory.createPropertyAccessExpression(
      factory.createIdentifier("exports"),
      node.name.text,
    );
    return factory.createPropertyAssignment(node.name.text, value);
  };
  return ts.visitNode(file, visit);
};

const path = require.resolve("@tslab/typescript-for-tslab", {
  paths: [require.resolve("tslab/package.json")],
});
const ts = require(path);
require.cache[path].exports = {
  ...ts,
  createWatchCompilerHost(files, options, system, _, ...rest) {
    const mapped = { ...options, inlineSourceMap: true };
    // The usual builder looks up what every file of every package imports, anew for each cell.
    const create = ts.createAbstractBuilder;
    const host = ts.createWatchCompilerHost(files, mapped, system, create, ...rest);
    if (!hidden.packages) return host;
    const { packages } = hidden;
    for (const exists of ["fileExists", "directoryExists"]) {
      const own = host[exists];
      host[exists] = (path) => !packages.test(path) && own(path);
    }
    return host;
  },
  createWatchProgram(host) {
    const { afterProgramCreate, watchFile } = host;
    // tslab has one timer, and the compiler wants a second when packages change.
    const unwatched = { close() {} };
    host.watchDirectory = () => unwatched;
    host.watchFile = (file, ...rest) =>
      file.endsWith("package.json") ? unwatched : watchFile(file, ...rest);
    host.afterProgramCreate = (builder) => {
      const { emit } = builder;
      const program = builder.getProgram();
      builder.getAllDependencies = dependencies(program);
      // The names of a cell are read before it is checked.
      for (const file of program.getSourceFiles())
        if (!file.isDeclarationFile) ts.bindSourceFile(file, program.getCompilerOptions());
      builder.emit = (file, write, token, onlyTypes, transformers) => {
        const before = [
          ...(transformers?.before ?? []),
          expandNames(builder.getProgram().getTypeChecker()),
        ];
        return emit(file, write, token, onlyTypes, { ...transformers, before });
      };
      afterProgramCreate(builder);
    };
    return ts.createWatchProgram(host);
  },
  transpileModule(input, options) {
    [moduleMap] = MAP.exec(input) ?? [];
    return ts.transpileModule(input.replace(MAP, ""), {
      ...options,
      compilerOptions: { ...options.compilerOptions, inlineSourceMap: true },
    });
  },
};

exports.MAP = MAP;
exports.hidden = hidden;
exports.readMap = readMap;
exports.moduleMap = {
  get: () => moduleMap,
  set: (text) => {
    moduleMap = text;
  },
};
exports.tslab = require("tslab/dist/converter.js");
