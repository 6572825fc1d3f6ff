"""Units of measure and currencies as newspapers write them, with their base unit: (base, factor, offset)."""

from __future__ import annotations

_MEASURES: list[tuple[str, float, str]] = [
    ("metre", 1.0, "metre metres meter meters"),
    ("metre", 1000.0, "km kms kilometre kilometres kilometer kilometers"),
    ("metre", 0.01, "cm centimetre centimetres centimeter centimeters"),
    ("metre", 0.001, "mm millimetre millimetres millimeter millimeters"),
    ("metre", 1609.344, "mile miles"),
    ("metre", 0.3048, "foot feet ft"),
    ("metre", 0.0254, "inch inches"),
    ("metre", 0.9144, "yard yards"),
    ("kilogram", 1.0, "kg kgs kilogram kilograms kilo kilos"),
    ("kilogram", 0.001, "gram grams"),
    ("kilogram", 1000.0, "tonne tonnes"),
    ("kilogram", 907.185, "ton tons"),
    ("kilogram", 0.45359, "pound-weight lb lbs"),
    ("kilogram", 0.02835, "ounce ounces oz"),
    ("litre", 1.0, "litre litres liter liters"),
    ("litre", 3.78541, "gallon gallons"),
    ("square metre", 1e4, "hectare hectares"),
    ("square metre", 4046.86, "acre acres"),
    ("second", 1.0, "second seconds sec secs"),
    ("second", 60.0, "minute minutes min mins"),
    ("second", 3600.0, "hour hours hr hrs"),
    ("day", 1.0, "day days"),
    ("day", 7.0, "week weeks"),
    ("month", 1.0, "month months"),
    ("month", 12.0, "year years year-old year-olds"),
    ("month", 120.0, "decade decades"),
    ("speed", 1.0, "kph km/h"),
    ("speed", 1.609344, "mph"),
    ("degree", 1.0, "°c celsius degrees"),
]
# Fahrenheit needs an offset: (f - 32) / 1.8.
UNITS: dict[str, tuple[str, float, float]] = {
    **{form: (base, factor, 0.0) for base, factor, forms in _MEASURES for form in forms.split()},
    "°f": ("degree", 1 / 1.8, -32 / 1.8),
    "fahrenheit": ("degree", 1 / 1.8, -32 / 1.8),
    "square miles": ("square metre", 2.59e6, 0.0),
    "square metres": ("square metre", 1.0, 0.0),
    "square meters": ("square metre", 1.0, 0.0),
    "square kilometres": ("square metre", 1e6, 0.0),
    "square kilometers": ("square metre", 1e6, 0.0),
    "sq km": ("square metre", 1e6, 0.0),
    "sq miles": ("square metre", 2.59e6, 0.0),
    "sq m": ("square metre", 1.0, 0.0),
    "sq ft": ("square metre", 0.092903, 0.0),
    "square feet": ("square metre", 0.092903, 0.0),
}

CURRENCIES: dict[str, str] = {
    form: code
    for code, forms in {
        "USD": "$ us$ usd dollar dollars",
        "AUD": "a$",
        "CAD": "c$",
        "NZD": "nz$",
        "HKD": "hk$",
        "SGD": "s$",
        "GBP": "£ gbp pound pounds",
        "pence": "pence p",
        "EUR": "€ eur euro euros",
        "JPY": "¥ yen",
        "CNY": "yuan renminbi",
        "INR": "₹ rupee rupees",
        "RUB": "rouble roubles ruble rubles",
        "ZAR": "rand",
        "BRL": "real reais",
        "ILS": "shekel shekels",
        "cents": "cent cents",
        "francs": "franc francs",
        "pesos": "peso pesos",
        "lira": "lira",
        "kronor": "krona kronor krone kroner",
    }.items()
    for form in forms.split()
}
