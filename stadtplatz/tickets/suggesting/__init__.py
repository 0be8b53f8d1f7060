"""Which category a report may be about, learned from reports: it suggests, and never decides.

features  what a text is made of                       (everywhere)
model     weights in a file, and what they say         (everywhere; neither numpy nor scikit-learn)
store     the city's own model, else the shipped one   (everywhere)
reading   reports from CSV files                       (commands)
likeness, solving, training, measuring                 (commands; numpy)
"""
