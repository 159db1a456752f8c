import type { Condition } from "../../ports/store.ts";

type Names = Record<string, string>;
type Values = Record<string, string | number | boolean>;

/** Collects placeholders for one request: attribute names may be reserved words, values are never text. */
export class Placeholders {
  readonly #names: Names = {};
  readonly #values: Values = {};
  #count = 0;

  name(attribute: string): string {
    this.#count += 1;
    const placeholder = `#n${this.#count}`;
    this.#names[placeholder] = attribute;
    return placeholder;
  }

  value(value: string | number | boolean): string {
    this.#count += 1;
    const placeholder = `:v${this.#count}`;
    // The database takes no half of a pair.
    this.#values[placeholder] = typeof value === "string" ? value.toWellFormed() : value;
    return placeholder;
  }

  /** The request's fields; the database refuses empty ones. */
  fields(): { ExpressionAttributeNames?: Names; ExpressionAttributeValues?: Values } {
    return {
      ...(Object.keys(this.#names).length === 0 ? {} : { ExpressionAttributeNames: this.#names }),
      ...(Object.keys(this.#values).length === 0
        ? {}
        : { ExpressionAttributeValues: this.#values }),
    };
  }
}

/** A condition in the database's own words. */
export function conditionExpression(condition: Condition, placeholders: Placeholders): string {
  switch (condition.kind) {
    case "absent":
      return `attribute_not_exists(${placeholders.name("pk")})`;
    case "present":
      return `attribute_exists(${placeholders.name("pk")})`;
    case "equals":
      return equalsExpression(condition.attributes, placeholders);
    case "absent-or-below": {
      const name = placeholders.name(condition.attribute);
      return `attribute_not_exists(${name}) OR ${name} < ${placeholders.value(condition.value)}`;
    }
    case "absent-or-at-most": {
      const name = placeholders.name(condition.attribute);
      return `attribute_not_exists(${name}) OR ${name} <= ${placeholders.value(condition.value)}`;
    }
  }
}

function equalsExpression(
  attributes: Readonly<Record<string, string | number | boolean | undefined>>,
  placeholders: Placeholders,
): string {
  return Object.entries(attributes)
    .map(([attribute, value]) => {
      const name = placeholders.name(attribute);
      return value === undefined
        ? `attribute_not_exists(${name})`
        : `${name} = ${placeholders.value(value)}`;
    })
    .join(" AND ");
}
