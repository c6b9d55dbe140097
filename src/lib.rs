//! Needle answers a community's questions from a knowledge base of expert-sourced answers.
