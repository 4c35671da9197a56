// Reads features with the language service of the Cucumber extension and prints what it thinks of
// them. Standard input: {parameterTypes, glue: [{uri, content}], features: [{uri, content}]}.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import {
  ExpressionBuilder,
  getGherkinDiagnostics,
  getGherkinFormattingEdits,
} from '@cucumber/language-service'
import { WasmParserAdapter } from '@cucumber/language-service/wasm'

const main = createRequire(import.meta.url).resolve('@cucumber/language-service')
const adapter = new WasmParserAdapter(join(dirname(main), '..', '..'))
await adapter.init()

const { parameterTypes, glue, features } = JSON.parse(await text(process.stdin))
const sources = glue.map((file) => ({ languageName: 'python', ...file }))
const { expressionLinks, errors } = new ExpressionBuilder(adapter).build(sources, parameterTypes)
const expressions = expressionLinks.map((link) => link.expression)

const problems = features.flatMap(({ uri, content }) =>
  getGherkinDiagnostics(content, expressions).map(
    ({ range, message }) => `${uri}:${range.start.line + 1}: ${message}`,
  ),
)
const unformatted = features
  .filter(({ content }) => getGherkinFormattingEdits(content)[0].newText !== content)
  .map(({ uri }) => uri)

console.log(
  JSON.stringify({
    definitions: expressions.map((expression) => expression.source),
    problems: [...errors.map((error) => error.message), ...problems],
    unformatted,
  }),
)
