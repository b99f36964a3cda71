// In: nothing. Out: the elements, attributes and properties that a picture keeps; whatever is not listed is left out or refused.
// SVG 2 and 1.1 (its filters), CSS where a still picture can use it.

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

export const ELEMENTS = list(`
  svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath image switch style
  linearGradient radialGradient stop pattern clipPath mask marker view filter feBlend feColorMatrix feComponentTransfer
  feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
  feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight
  feImage feTile feTurbulence`)

/** Refused, not dropped: without them the picture would not be the one that was meant, and with them it is a danger. */
export const REFUSED = list(`
  script foreignObject handler listener iframe audio video object embed animate animateColor animateMotion
  animateTransform set discard`)

/** Of style sheets and style attributes; most are attributes too. */
export const PROPERTIES = list(`
  alignment-baseline background background-color baseline-shift clip clip-path clip-rule color color-interpolation
  color-interpolation-filters color-profile color-rendering color-scheme cx cy d direction display dominant-baseline
  fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-kerning
  font-size font-size-adjust font-stretch font-style font-variant font-variant-caps font-variant-east-asian
  font-variant-ligatures font-variant-numeric font-variant-position font-variation-settings font-weight
  glyph-orientation-horizontal glyph-orientation-vertical height image-rendering isolation kerning letter-spacing
  lighting-color line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow
  paint-order r rx ry shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
  stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration
  text-decoration-color text-decoration-line text-decoration-style text-orientation text-rendering text-transform
  transform transform-box transform-origin unicode-bidi vector-effect visibility white-space width word-spacing
  writing-mode x y`)

/** What is no property; it holds numbers and words, and never leads anywhere. */
export const ATTRIBUTES = list(`
  id class lang xml:lang xml:space role version baseProfile viewBox preserveAspectRatio x1 y1 x2 y2 fx fy fr dx dy
  points pathLength gradientTransform gradientUnits patternTransform patternUnits patternContentUnits clipPathUnits
  maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient spreadMethod offset rotate
  textLength lengthAdjust startOffset method spacing side media systemLanguage requiredExtensions requiredFeatures viewTarget in in2 result stdDeviation
  edgeMode mode operator k1 k2 k3 k4 type values tableValues slope intercept amplitude exponent order kernelMatrix
  divisor bias targetX targetY kernelUnitLength preserveAlpha surfaceScale diffuseConstant specularConstant
  specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth elevation z scale xChannelSelector
  yChannelSelector radius baseFrequency numOctaves seed stitchTiles filterUnits primitiveUnits filterRes`)

/** Which elements may refer to another part of the picture. */
export const REFERRING = list('use image linearGradient radialGradient pattern filter textPath feImage')
