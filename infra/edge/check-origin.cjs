// Lets requests through that carry what only the distribution knows: nobody calls the API past the firewall.
const { createHash, timingSafeEqual } = require("node:crypto");

const digest = (text) => createHash("sha256").update(text).digest();

exports.handler = async (event) => {
  const secret = process.env.ORIGIN_SECRET;
  const shown = event.headers?.["x-origin-secret"];
  const isBoth = typeof secret === "string" && typeof shown === "string";
  return { isAuthorized: isBoth && timingSafeEqual(digest(shown), digest(secret)) };
};
